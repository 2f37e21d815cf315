"""The tokenizer of `tokenize`, which Ouro does not have yet."""


class TokenizerIter:
    """Would give the tokens of a source."""

    def __init__(self, readline, /, *, encoding=None, extra_tokens=False):
        raise NotImplementedError("tokenize: the tokens of a source are not available")
