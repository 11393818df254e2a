"""Planted defects: what of a wrong number, a wrong source, a wrong formula or a wrong rule would be noticed, and by what.

``plant_*`` draw the defects from the files of the audit, ``sandbox`` copies and forks, ``notice`` looks what a user's
commands would notice, ``report`` counts. Nothing here knows what is audited.
"""
