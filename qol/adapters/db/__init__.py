"""The database: the only package that touches SQLAlchemy.

``store_patient.open_patient`` and ``store_lab.open_lab`` build a face's store. They stand
apart so that the patient process never imports the laboratory's.
"""
