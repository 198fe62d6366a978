"""The second and third period of the sample county, the units' replies, and what the ledger must say.

``story`` tells what becomes of every planted defect of the two townships that hand in again (corrected,
claimed and corrected, claimed and not corrected, back …); ``worlds`` makes the files of a period
from it, out of the same register as the first period; ``keys`` audits the first period to learn
the numbers (fingerprints) of its planted issues; ``replies`` writes the reply workbooks with them;
``reckon`` works out from the story alone, without the ledger, how every issue stands after every step;
``truth`` writes that down.
"""
