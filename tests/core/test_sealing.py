"""What is sealed opens whole, with its own key, for what it is about, and in no other way."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.sealing import SecretKeeper, Unopenable, bound, new_key, seal, unseal

KEY = new_key()
PARTS = st.lists(st.text(max_size=6), max_size=4)


@given(st.binary(max_size=400), PARTS)
def test_what_was_sealed_opens(plain: bytes, parts: list[str]) -> None:
    about = bound(*parts)
    assert unseal(seal(plain, key=KEY, about=about), key=KEY, about=about) == plain


@given(st.binary(max_size=60), st.data())
def test_no_bit_of_it_can_change(plain: bytes, data: st.DataObject) -> None:
    sealed = bytearray(seal(plain, key=KEY, about=b"here"))
    bit = data.draw(st.integers(0, len(sealed) * 8 - 1))
    sealed[bit // 8] ^= 1 << bit % 8
    with pytest.raises(Unopenable):
        unseal(bytes(sealed), key=KEY, about=b"here")


@given(st.binary(max_size=60), st.integers(0, 200))
def test_nothing_can_be_cut_off(plain: bytes, kept: int) -> None:
    sealed = seal(plain, key=KEY, about=b"here")
    with pytest.raises(Unopenable):
        unseal(sealed[: min(kept, len(sealed) - 1)], key=KEY, about=b"here")


@given(PARTS, PARTS)
def test_it_opens_only_for_what_it_is_about(mine: list[str], other: list[str]) -> None:
    sealed = seal(b"a name", key=KEY, about=bound(*mine))
    if mine == other:
        assert unseal(sealed, key=KEY, about=bound(*other)) == b"a name"
        return
    with pytest.raises(Unopenable):
        unseal(sealed, key=KEY, about=bound(*other))


def test_another_key_opens_nothing_and_the_refusal_says_nothing() -> None:
    sealed = seal(b"a name", key=KEY, about=b"here")
    with pytest.raises(Unopenable) as refusal:
        unseal(sealed, key=new_key(), about=b"here")
    assert str(refusal.value) == ""
    assert refusal.value.__cause__ is None


def test_the_same_text_is_never_sealed_alike() -> None:
    assert len({seal(b"a name", key=KEY, about=b"here") for _each in range(50)}) == 50


@given(st.text(min_size=40, max_size=80), st.text(min_size=40, max_size=80))
def test_a_keeper_opens_what_it_sealed_and_no_other_does(mine: str, other: str) -> None:
    keeper, key = SecretKeeper.of(mine), new_key()
    wrapped = keeper.wrap(key, about=b"case 1")
    assert keeper.unwrap(wrapped, about=b"case 1") == key
    with pytest.raises(Unopenable):
        keeper.unwrap(wrapped, about=b"case 2")
    if other != mine:
        assert SecretKeeper.of(other).name != keeper.name
        with pytest.raises(Unopenable):
            SecretKeeper.of(other).unwrap(wrapped, about=b"case 1")


def test_a_keeper_does_not_show_its_key() -> None:
    keeper = SecretKeeper.of("x" * 60)
    assert keeper._key.hex() not in repr(keeper) + str(keeper)
    assert repr(keeper._key) not in repr(keeper)
