mod coming_in;
mod rights;
