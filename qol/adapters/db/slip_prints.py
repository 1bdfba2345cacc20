"""Drawn slips that wait ten minutes, and how far a drawing is (port ``Prints``)."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from qol.adapters.db.engine import Database
from qol.adapters.db.tables_batches import slip_print
from qol.usecases.lab.batches.printing import LIFE, SILENCE, Drawing, Stage

_ROW = slip_print.c


class SqlPrints:
    """On whichever database holds the volatile tables."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def begin(self, drawing: Drawing) -> bool:
        """Keep a new drawing; False when its reference was used."""
        row = {
            "reference": drawing.reference,
            "batch": drawing.batch,
            "actor": drawing.actor,
            "state": drawing.stage.value,
            "total": drawing.total,
            "drawn": drawing.drawn,
            "touched": int(drawing.touched.timestamp()),
        }
        with self._database.writing() as connection:
            try:
                connection.execute(insert(slip_print), row)
            except IntegrityError:
                return False
            connection.commit()
        return True

    def find(self, reference: str, now: datetime) -> Drawing | None:
        """Find a drawing that is not older than its life; older ones are deleted."""
        asked = select(slip_print).where(_ROW.reference == reference)
        with self._database.writing() as connection:
            dead = _ROW.touched < int((now - LIFE).timestamp())
            connection.execute(delete(slip_print).where(dead))
            row = connection.execute(asked).first()
            connection.commit()
        if row is None:
            return None
        touched, sealed = datetime.fromtimestamp(row.touched, UTC), row.sealed
        stage, kept = Stage(row.state), None if sealed is None else bytes(sealed)
        return Drawing(
            row.reference, row.batch, row.actor, stage, row.total, row.drawn, touched, kept
        )

    def busy(self, now: datetime) -> bool:
        """Say whether a drawing is being made, and was heard of lately."""
        heard = _ROW.touched >= int((now - SILENCE).timestamp())
        asked = select(_ROW.reference).where(_ROW.state == Stage.DRAWING.value, heard)
        with self._database.reading() as connection:
            return connection.execute(asked.limit(1)).first() is not None

    def told(self, reference: str, drawn: int, now: datetime) -> None:
        """Keep how many slips are drawn."""
        self._change(reference, drawn=drawn, touched=int(now.timestamp()))

    def end(self, reference: str, stage: Stage, now: datetime, sealed: bytes | None) -> None:
        """Keep how a drawing ended; ``sealed`` None leaves what is kept of it."""
        closed = {} if sealed is None else {"sealed": sealed}
        self._change(reference, state=stage.value, touched=int(now.timestamp()), **closed)

    def _change(self, reference: str, **values: object) -> None:
        with self._database.writing() as connection:
            changed = update(slip_print).where(_ROW.reference == reference)
            connection.execute(changed.values(**values))
            connection.commit()
