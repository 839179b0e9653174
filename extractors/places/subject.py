"""stub"""
from typing import NamedTuple
class Subject(NamedTuple):
    kind: str
    jurisdictions: tuple
def judge_subject(page, scene, tools):
    return Subject("case", ())
