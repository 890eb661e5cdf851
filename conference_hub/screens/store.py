"""Layers to rows and back, and the documents read from them."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from conference_hub.agenda.run import Following, RunKind
from conference_hub.core.now import iso
from conference_hub.core.stream import Docs, Stream
from conference_hub.core.text import Text
from conference_hub.screens.keys import layer_key
from conference_hub.screens.model import Layer, LayerKind
from conference_hub.screens.shapes import LayerDoc
from conference_hub.screens.tables import RehearsedLayerRow, StageLayerRow

REHEARSING = (Stream.OPERATOR, Stream.REHEARSAL)
"""Who hears of a rehearsal."""


def documents(session: Session, conf: str, stream: Stream) -> Docs:
    """Return what lies over each stage of the live run, the same for everybody who follows it."""
    if stream is Stream.REHEARSAL:
        return {}
    rows = session.scalars(sa.select(StageLayerRow).where(StageLayerRow.conf == conf))
    return {layer_key(row.lane_id): layer_document(row.lane_id, _layer(row)) for row in rows}


def layer_document(lane_id: str, layer: Layer) -> LayerDoc:
    """Render what lies over the stage of a lane."""
    return {
        "lane": lane_id,
        "layer": layer.kind,
        "text": layer.text.as_doc() if layer.text else None,
        "since": iso(layer.since),
    }


def rehearsed_documents(session: Session, conf: str, following: Following) -> dict[Stream, Docs]:
    """Return what lies over each stage of a rehearsal, for those who follow it (`agenda.rehearsed.Rehearsed`)."""
    own = (RehearsedLayerRow.conf == conf, RehearsedLayerRow.run_id == following.id)
    rows = session.scalars(sa.select(RehearsedLayerRow).where(*own))
    docs: Docs = {layer_key(row.lane_id): layer_document(row.lane_id, _layer(row)) for row in rows}
    return dict.fromkeys(REHEARSING, docs)


def save_layer(session: Session, conf: str, following: Following, lane_id: str, layer: Layer) -> None:
    """Store what lies over the stage of a lane of a run."""
    values: dict[str, Any] = {
        "conf": conf,
        "lane_id": lane_id,
        "layer": layer.kind,
        "text": dict(layer.text.as_doc()) if layer.text else None,
        "since": layer.since,
    }
    if following.kind is RunKind.REHEARSAL:
        session.merge(RehearsedLayerRow(run_id=following.id, **values))
    else:
        session.merge(StageLayerRow(**values))


def find_layer(session: Session, conf: str, following: Following, lane_id: str) -> Layer | None:
    """Return what lies over the stage of a lane of a run; None where nothing ever did."""
    row: StageLayerRow | RehearsedLayerRow | None
    if following.kind is RunKind.REHEARSAL:
        row = session.get(RehearsedLayerRow, (conf, following.id, lane_id))
    else:
        row = session.get(StageLayerRow, (conf, lane_id))
    return _layer(row) if row else None


def _layer(row: StageLayerRow | RehearsedLayerRow) -> Layer:
    return Layer(
        kind=LayerKind(row.layer) if row.layer else None,
        text=Text(**row.text) if row.text else None,
        since=row.since,
    )
