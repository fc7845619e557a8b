//! As much of CBOR (RFC 8949) as authenticators may write: CTAP2 allows no lengths that are not known before, and little
//! depth.

use crate::Fault;

/// How deep things may stand in one another.
const DEPTH: u8 = 4;
/// How many things may stand in one.
const MOST: u64 = 64;

const ENDS_EARLY: Fault = Fault::Malformed("it ends early");

#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Value<'a> {
    Int(i64),
    Bytes(&'a [u8]),
    Text(&'a str),
    List(Vec<Self>),
    Map(Vec<(Self, Self)>),
    /// True, false and nothing.
    Simple(u8),
}

impl<'a> Value<'a> {
    /// Reads one value; gives what stands behind it too.
    pub(crate) fn read(bytes: &'a [u8]) -> Result<(Self, &'a [u8]), Fault> {
        let mut reader = Reader(bytes);
        let value = reader.value(DEPTH)?;
        Ok((value, reader.0))
    }

    /// What stands under a name, which stands there once.
    pub(crate) fn named(&self, name: &Value<'_>) -> Result<Option<&Self>, Fault> {
        let Self::Map(pairs) = self else {
            return Err(Fault::Malformed("something is no map"));
        };
        let mut found = pairs.iter().filter(|(key, _)| key == name);
        let first = found.next().map(|(_, value)| value);
        match found.next() {
            Some(_) => Err(Fault::Malformed("something is there twice")),
            None => Ok(first),
        }
    }

    pub(crate) fn bytes_at(&self, name: &Value<'_>) -> Result<&'a [u8], Fault> {
        match self.named(name)? {
            Some(Self::Bytes(bytes)) => Ok(bytes),
            _ => Err(Fault::Malformed("bytes are missing")),
        }
    }

    pub(crate) fn int_at(&self, name: i64) -> Result<i64, Fault> {
        match self.named(&Value::Int(name))? {
            Some(Self::Int(number)) => Ok(*number),
            _ => Err(Fault::Malformed("a number is missing")),
        }
    }
}

struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    fn value(&mut self, depth: u8) -> Result<Value<'a>, Fault> {
        let depth = depth.checked_sub(1).ok_or(Fault::Malformed("it is too deep"))?;
        let [first] = self.some()?;
        let argument = self.argument(first & 0x1f)?;
        let number = || i64::try_from(argument).map_err(|_| Fault::Malformed("a number is too large"));
        Ok(match first >> 5 {
            0 => Value::Int(number()?),
            1 => Value::Int(-1 - number()?),
            2 => Value::Bytes(self.take(argument)?),
            3 => {
                let text = std::str::from_utf8(self.take(argument)?);
                Value::Text(text.map_err(|_| Fault::Malformed("a text is none"))?)
            }
            4 => Value::List(self.many(argument, |reader| reader.value(depth))?),
            5 => Value::Map(self.many(argument, |reader| {
                Ok((reader.value(depth)?, reader.value(depth)?))
            })?),
            7 if first & 0x1f < 24 => Value::Simple(first & 0x1f),
            _ => {
                return Err(Fault::Malformed(
                    "it has something that authenticators do not write",
                ));
            }
        })
    }

    fn argument(&mut self, low: u8) -> Result<u64, Fault> {
        Ok(match low {
            0..=23 => u64::from(low),
            24 => u64::from(u8::from_be_bytes(self.some()?)),
            25 => u64::from(u16::from_be_bytes(self.some()?)),
            26 => u64::from(u32::from_be_bytes(self.some()?)),
            27 => u64::from_be_bytes(self.some()?),
            _ => return Err(Fault::Malformed("a length is not known before")),
        })
    }

    fn many<T>(&mut self, count: u64, read: impl Fn(&mut Self) -> Result<T, Fault>) -> Result<Vec<T>, Fault> {
        if count > MOST {
            return Err(Fault::Malformed("it has too many parts"));
        }
        (0..count).map(|_| read(self)).collect()
    }

    fn take(&mut self, count: u64) -> Result<&'a [u8], Fault> {
        let count = usize::try_from(count).map_err(|_| ENDS_EARLY)?;
        let (taken, rest) = self.0.split_at_checked(count).ok_or(ENDS_EARLY)?;
        self.0 = rest;
        Ok(taken)
    }

    fn some<const N: usize>(&mut self) -> Result<[u8; N], Fault> {
        let (taken, rest) = self.0.split_first_chunk().ok_or(ENDS_EARLY)?;
        self.0 = rest;
        Ok(*taken)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Examples of RFC 8949, appendix A.
    #[test]
    fn examples_of_the_standard_are_read() {
        let read = |bytes: &'static [u8]| Value::read(bytes).unwrap().0;
        assert_eq!(read(&[0x17]), Value::Int(23));
        assert_eq!(read(&[0x18, 0x64]), Value::Int(100));
        assert_eq!(read(&[0x19, 0x03, 0xe8]), Value::Int(1000));
        assert_eq!(read(&[0x1a, 0x00, 0x0f, 0x42, 0x40]), Value::Int(1_000_000));
        assert_eq!(read(&[0x38, 0x63]), Value::Int(-100));
        assert_eq!(read(&[0x44, 1, 2, 3, 4]), Value::Bytes(&[1, 2, 3, 4]));
        assert_eq!(read(&[0x64, b'I', b'E', b'T', b'F']), Value::Text("IETF"));
        assert_eq!(read(&[0xf5]), Value::Simple(21));
        let map = read(&[0xa2, 0x01, 0x02, 0x03, 0x04]);
        assert_eq!(map.int_at(3), Ok(4));
        assert_eq!(
            read(&[0x82, 0x01, 0x81, 0x02]),
            Value::List(vec![Value::Int(1), Value::List(vec![Value::Int(2)])])
        );
    }

    #[test]
    fn what_no_authenticator_writes_is_refused() {
        for bytes in [
            &[][..],
            &[0x18],
            &[0x5f, 0x41, 0x01, 0xff],
            &[0x44, 1, 2],
            &[0x62, 0xff, 0xff],
            &[0xc0, 0x01],
            &[0xfb, 0, 0, 0, 0, 0, 0, 0, 0],
            &[0x1b, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff],
            &[0x5b, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff],
            &[0x9b, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff],
            &[0x81, 0x81, 0x81, 0x81, 0x81, 0x01],
        ] {
            assert!(Value::read(bytes).is_err(), "{bytes:?}");
        }
        let (twice, _) = Value::read(&[0xa2, 0x01, 0x02, 0x01, 0x03]).unwrap();
        assert!(twice.int_at(1).is_err());
    }

    proptest! {
        #[test]
        fn any_bytes_are_read_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            if let Ok((_, rest)) = Value::read(&bytes) {
                prop_assert!(bytes.ends_with(rest));
            }
        }
    }
}
