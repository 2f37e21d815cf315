# Pipes and children, as `os` and `select` show them.
import os
import select

read, write = os.pipe()
print(os.get_inheritable(read), select.select([read], [write], [], 0) == ([], [write], []))
os.write(write, b"hello")
poll = select.poll()
poll.register(read, select.POLLIN)
print(poll.poll(0) == [(read, select.POLLIN)], os.read(read, 10), poll.poll(0))
copy = os.dup(write)
os.write(copy, b"copy")
print(os.read(read, 10))
for fd in (read, write, copy):
    os.close(fd)
print(os.waitstatus_to_exitcode(3 << 8), os.waitstatus_to_exitcode(9), os.WIFSIGNALED(9), os.WEXITSTATUS(512))
try:
    os.waitpid(-1, os.WNOHANG)
except ChildProcessError as error:
    print(error)
old = os.umask(0o22)
print(os.umask(old) == 0o22, os.getuid() == os.geteuid())
try:
    poll.unregister(read)
    poll.unregister(read)
except KeyError:
    print("not registered")
