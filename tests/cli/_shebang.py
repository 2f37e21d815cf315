#!/usr/bin/env ouro
# -*- coding: utf-8 -*-
print("shebang é")
