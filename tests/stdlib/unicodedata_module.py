# Names, numbers, categories and normal forms of characters.
import unicodedata

for character in "aÄ½٣ \t漢😀\u0301_€":
    print(ascii(character), unicodedata.category(character), unicodedata.name(character, "-"), unicodedata.decimal(character, None),
          unicodedata.digit(character, None), unicodedata.numeric(character, None), unicodedata.combining(character), unicodedata.east_asian_width(character))
print(unicodedata.lookup("SNOWMAN"), unicodedata.category("\ud800"))
for form in ("NFC", "NFD", "NFKC", "NFKD"):
    print(form, ascii(unicodedata.normalize(form, "Å\u0041\u030aﬁ\ud800²")), unicodedata.is_normalized(form, "Å"))
for wrong in (lambda: unicodedata.name("\0"), lambda: unicodedata.lookup("NOTHING"), lambda: unicodedata.normalize("X", "a"),
              lambda: unicodedata.digit("a"), lambda: unicodedata.decimal("²"), lambda: unicodedata.numeric("x")):
    try:
        wrong()
    except Exception as error:
        print(type(error).__name__, error)
