"""A second, independent implementation of salespay's policy language.

Written from the contract alone, for the tests: it computes the same ledgers as
the C program by other means (closures over Python's decimal module, lazily, one
figure asking for the next), so that a mistake has to be made twice to pass.
It expects good input; at the first bad one it stops with an exception that says
where.  Speed and messages are not its business.
"""
