#!version:1.0.0.1
# SPDX-License-Identifier: Apache-2.0
[T46S]include:config "a.cfg"
