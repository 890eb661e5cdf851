"""What the plan is given out as: one module for each form."""
