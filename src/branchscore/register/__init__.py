"""The campaign's register (命名登记簿): what happened, one line after another, for good."""

REGISTER = "register.jsonl"
"""Its file, in the folder of the campaign's runs."""
