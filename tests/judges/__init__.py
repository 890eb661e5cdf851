"""Independent judges: programs that other people wrote, asked what they make of our bytes.

Each takes bytes and answers with values, so that a test may feed it a rendering or what a running server
sent. A judge that is not installed skips the test, and fails it where the environment says CI=true: there
nothing may be judged by nobody.
"""
