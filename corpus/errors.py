"""What can be wrong with a source. The docstring of a class is its message; each ends with the way out."""

from __future__ import annotations

from models.errors import AnlikuError


class SourceError(AnlikuError):
    """{source}: cannot be read."""

    stage = "read"


class DecodeError(SourceError):
    """{source}: cannot be decoded."""

    stage = "decode"


class NotFound(SourceError):
    """{source}: there is no such file or folder. Check the path; quote a glob that the shell should not expand."""


class NoMatch(SourceError):
    """{source}: no file matches this pattern. Check the path; ** descends into folders."""


class Vanished(SourceError):
    """{source}: the file was there when the folder was listed and is gone now. Run again once nothing else writes to the folder."""


class NotPermitted(SourceError):
    """{source}: no permission to read it. Give this user read access to the file, or run as a user who has it."""


class Unreadable(SourceError):
    """{source}: the system could not read it ({reason}). Copy the file to a sound disk and run again."""


class Unexpected(SourceError):
    """{source}: reading it failed in a way that nobody foresaw ({reason}). Please report this with the file; leave it out meanwhile."""


class NotAFile(SourceError):
    """{source}: neither a file nor a folder (a device, pipe or socket). Pipe its content into standard input instead, as the source -."""


class LinkLoop(SourceError):
    """{source}: a link that leads back to itself or to a folder above it, so it was not followed. Remove the link to silence this."""


class UnknownSuffix(SourceError):
    """{source}: no reader for {suffix}. Readable are {suffixes}; convert the file, or rename it to what it holds."""


class EmptySource(SourceError):
    """{source}: the file is empty (0 bytes). Fetch it again, or remove it."""


class NoText(SourceError):
    """{source}: no text in it{where}. Leave it out{hint}."""


class NothingInside(SourceError):
    """{source}: no {what}. {hint}, or leave it out."""


class NothingReadable(SourceError):
    """{source}: no readable file in this {kind}{found}. Readable are {suffixes}."""


class TooLong(SourceError):
    """{source}: {what} is longer than {limit}, the most that one article may have. It is no single article; split it, or raise Limits.article_bytes."""


class TooLarge(SourceError):
    """{source}: {what} needs more than {limit} in memory. Split the file or save it as .jsonl or .csv, which are streamed, or raise Limits.document_bytes."""


class Expands(SourceError):
    """{source}: unpacks to more than {limit} from {size} of archive, as an archive bomb does, so reading it stopped there. If it is sound, unpack it first, or raise Limits.archive_ratio."""


class TooManyMembers(SourceError):
    """{source}: holds more than {limit} files; those after were not read. Split the archive, or raise Limits.archive_members."""


class TooDeep(SourceError):
    """{source}: an archive {depth} levels deep inside archives. Unpack the outer ones first, or raise Limits.archive_depth."""


class Damaged(SourceError):
    """{source}: damaged or cut short as {kind} ({reason}); only what stands before that was read. Fetch the file again."""


class Encrypted(SourceError):
    """{source}: locked with a password. Save a copy without the password and read that."""


class Scanned(SourceError):
    """{source}: none of the {pages} pages has a text layer, so it was probably scanned. Run OCR on it (for instance ocrmypdf -l chi_sim) and read the result."""


class Garbled(SourceError):
    """{source}: its fonts do not say which characters they draw, so its text layer makes no sense. Run OCR on it (for instance ocrmypdf --force-ocr -l chi_sim) and read the result."""


class Forbidden(SourceError):
    """{source}: {part} declares a document type or entities, which Office files never do and which can expand without end. Save it again in an office program."""


class BadJson(SourceError):
    """{source}: not valid JSON ({reason}). Mend or remove it; a file with one object a line is to be named .jsonl."""


class NotAnObject(SourceError):
    """{source}: {found} where a JSON object with the article's text was expected. Give one object an article."""


class BadTable(SourceError):
    """{source}: not readable as a table ({reason}). The rest of the file was not read; quote fields as RFC 4180 says."""


class BadRow(SourceError):
    """{source}: {cells} cells where the header has {columns}. Quote the cells that hold the delimiter."""


class MissingColumn(SourceError):
    """{source}: no column {wanted}. The columns are {columns}; name one of them with {option}."""


class NotText(DecodeError):
    """{source}: not text but {found}. Convert it to text, or name it with the suffix of what it holds."""


class Undecodable(DecodeError):
    """{source}: not readable as {tried} ({reason}). Name its charset with --encoding, or convert the file to UTF-8."""


class LoneSurrogate(DecodeError):
    """{source}: {field} holds half of a surrogate pair (\\u{code:04x}) at character {at}, which no file can store. Write the whole character, or remove the half."""


class UnknownEncoding(AnlikuError):
    """encoding {encoding!r}: Python knows no text encoding of that name. Write for instance utf-8, gb18030, big5 or utf-16."""
