"""Layers to rows and back, and the documents read from them."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.orm import Session

from conference_hub.core.now import iso
from conference_hub.core.stream import Docs, Stream
from conference_hub.core.text import Text
from conference_hub.screens.keys import layer_key
from conference_hub.screens.model import Layer, LayerKind
from conference_hub.screens.shapes import LayerDoc
from conference_hub.screens.tables import StageLayerRow


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


def save_layer(session: Session, conf: str, lane_id: str, layer: Layer) -> None:
    """Store what lies over the stage of a lane."""
    session.merge(
        StageLayerRow(
            conf=conf,
            lane_id=lane_id,
            layer=layer.kind,
            text=dict(layer.text.as_doc()) if layer.text else None,
            since=layer.since,
        )
    )


def find_layer(session: Session, conf: str, lane_id: str) -> Layer | None:
    """Return what lies over the stage of a lane; None where nothing ever did."""
    row = session.get(StageLayerRow, (conf, lane_id))
    return _layer(row) if row else None


def _layer(row: StageLayerRow) -> Layer:
    return Layer(
        kind=LayerKind(row.layer) if row.layer else None,
        text=Text(**row.text) if row.text else None,
        since=row.since,
    )
