"""The plan of a conference and the clock that runs it: segments, lanes, cues."""
