"""The day as seen by browsers: the state over HTTP, facts over Socket.IO, and the server of both."""
