# expect: own
# Programs that ask which Python this is are told.
import sys

print(sys.implementation.name, "ouro" in sys.version)
print(sys.version_info[:2], sys.version.split()[0].startswith("3.13"))
