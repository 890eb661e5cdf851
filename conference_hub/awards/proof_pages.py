"""The public page on which anybody checks the results against what was published before the ceremony."""

from __future__ import annotations

from flask import Blueprint, jsonify, render_template
from flask.typing import ResponseReturnValue

from conference_hub.access.model import Role
from conference_hub.access.policy import allow
from conference_hub.awards.proof_store import commitments, proof_answer
from conference_hub.awards.sealing import seal_of
from conference_hub.awards.shapes import ProofAnswer
from conference_hub.web.describing import answers
from conference_hub.web.hub import current_hub

awards_proof_bp = Blueprint("awards_proof", __name__)


@awards_proof_bp.get("/c/<conf>/results/proof")
@allow(Role.PUBLIC)
def proof(conf: str) -> ResponseReturnValue:
    """Show what was committed to, and check in the browser what is opened."""
    with current_hub().database.reading() as db:
        known, seal = commitments(db, conf), seal_of(db, conf)
    return render_template("awards/proof.html", conf=conf, commitments=known[::-1], opened_at=seal.opened_at)


@awards_proof_bp.get("/api/v1/c/<conf>/results/proof")
@allow(Role.PUBLIC)
@answers(ProofAnswer)
def proof_of(conf: str) -> ResponseReturnValue:
    """Return the commitments with their digests, and the lines and salts of what is opened."""
    with current_hub().database.reading() as db:
        found = proof_answer(db, conf)
    return jsonify(found)
