// libarchive converts names to the charset of the locale, and asks libcharset for it, where there is one. A static glibc has no
// UTF-8 locale in itself, and an empty root no file of one; nor may it read those of another glibc.
static inline const char *locale_charset(void) { return "UTF-8"; }
