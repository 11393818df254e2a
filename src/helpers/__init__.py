"""What the notebooks of this paper share, and nothing else; read in this order.

- :mod:`helpers.indicators`: the official series that they look up again and again, with place, period and basis
- :mod:`helpers.quarters`: what cumulative rates say of a single quarter
- :mod:`helpers.figures`: the frames behind the figures of sections 2 and 3
- :mod:`helpers.since_publication`: the series that notebook A1 carries on past the paper's last year
- :mod:`helpers.overview`: what the notebooks say of all claims together

No verdict is given here. A notebook computes what a claim is about and calls ``paper.check`` in a cell of its own.
"""
