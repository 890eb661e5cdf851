"""The desk's page of the mails that a conference sends."""
