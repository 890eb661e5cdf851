"""What every HTTP answer has in common: bodies, errors, headers, languages, static files, limits, figures and logs."""
