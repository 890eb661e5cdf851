"""The desk's pages about conferences as a whole: making, editing and ending them, and how far each is prepared."""
