# expect: own
# There are no trace functions; taking none away is allowed.
import sys

sys.settrace(None)
sys.setprofile(None)
for install in (sys.settrace, sys.setprofile):
    try:
        install(lambda frame, event, argument: None)
    except NotImplementedError as error:
        print(error)
