# Values packed as C lays them out.
import struct

for format, *values in [
    ("<hIq", -2, 7, -1), (">hIq", -2, 7, -1), ("@bi", 1, 2), ("=bi", 1, 2), ("4sp3p", b"abcdef", b"x", b"longer"),
    ("?2x?", True, 0), ("<efd", 1.1, 1.1, 1.1), ("2c", b"a", b"b"), ("nN", -1, 1), ("!H", 258), ("0i",), ("<Q", 2**64 - 1),
]:
    packed = struct.pack(format, *values)
    print(format, packed, struct.calcsize(format), struct.unpack(format, packed))

for half in (0.0, -0.0, 65504.0, 6e-08, 1 / 3, float("inf"), 5.96e-08, 2048.5):
    print(struct.pack(">e", half), struct.unpack(">e", struct.pack(">e", half)))
print(struct.unpack("<e", b"\x01\x80"), struct.unpack("<e", b"\x00\x7e"))

pair = struct.Struct("<hh")
print(pair.format, pair.size, list(pair.iter_unpack(bytes(range(8)))))
buffer = bytearray(8)
pair.pack_into(buffer, 2, 1, -1)
print(buffer, pair.unpack_from(buffer, 2), struct.unpack_from("<h", buffer, offset=-4))

for wrong in [
    lambda: struct.pack("i"), lambda: struct.pack("b", 200), lambda: struct.pack("i", "x"), lambda: struct.unpack("i", b"abc"),
    lambda: struct.calcsize("z"), lambda: struct.calcsize("3"), lambda: struct.pack("c", b"ab"), lambda: struct.pack("s", 1),
    lambda: struct.pack("d", "x"), lambda: struct.pack_into("i", bytearray(2), 0, 1), lambda: struct.unpack_from("i", b"", 0),
    lambda: list(struct.iter_unpack("h", b"abc")), lambda: struct.pack("H", -1), lambda: struct.pack("e", 1e6),
    lambda: struct.unpack_from("b", b"ab", -3), lambda: struct.pack("f", 1e300),
]:
    try:
        print(wrong())
    except Exception as error:
        print(type(error).__module__, type(error).__name__, error)
