"""Mails that wait to be sent: written with the change that causes them, sent later or copied by hand."""
