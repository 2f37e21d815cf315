# coding: no-such-coding
x = 1
