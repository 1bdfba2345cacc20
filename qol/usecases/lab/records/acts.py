"""The acts on records, as the laboratory's face is given them."""

from __future__ import annotations

from dataclasses import dataclass

from qol.usecases.lab.records.correct import Correct
from qol.usecases.lab.records.decide_report import DecideReport
from qol.usecases.lab.records.freeze import Freeze
from qol.usecases.lab.records.list_duplicates import ListDuplicates
from qol.usecases.lab.records.list_records import ListRecords
from qol.usecases.lab.records.read_record import ReadRecord
from qol.usecases.lab.records.read_reports import ListReports, ReadReport
from qol.usecases.lab.records.reassign_report import ReassignReport


@dataclass(frozen=True, slots=True)
class RecordActs:
    """Everything that may be done with records."""

    list_records: ListRecords
    read_record: ReadRecord
    list_duplicates: ListDuplicates
    correct: Correct
    freeze: Freeze
    list_reports: ListReports
    read_report: ReadReport
    decide_report: DecideReport
    reassign_report: ReassignReport
