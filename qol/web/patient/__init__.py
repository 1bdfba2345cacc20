"""The patient's face: a code, a notice, a form, a receipt. It deposits and reads nothing."""
