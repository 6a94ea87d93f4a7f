/*
 * Reads a candidate as ELF, before any of its code can run: what it imports,
 * whether anything would run on loading, whether it holds what can change, what
 * it exports, and the guard.
 */
#include <gelf.h>
#include <libelf.h>
#include <pthread.h>
#include <string.h>

#include "core/host/loader.h"

#if defined __x86_64__
enum { MACHINE = EM_X86_64, RELOC_INDIRECT = R_X86_64_IRELATIVE };
#elif defined __aarch64__
enum { MACHINE = EM_AARCH64, RELOC_INDIRECT = R_AARCH64_IRELATIVE };
#else
#error "say here which machine plug-ins are built for"
#endif

struct object {
    Elf *elf;
    const struct candidate *file;
    struct buf *why;
    GElf_Ehdr header;
    Elf_Scn *symbols, *dynamic;
    GElf_Shdr symbols_at, dynamic_at;
    bool exact;
};

#define REFUSE(...) (buf_printf(o->why, __VA_ARGS__), false)

/* Pure functions of libc that a compiler may call on its own. */
static bool import_ok(struct object *o, const char *name)
{
    static const char *const pure[] = {"strcmp", "strncmp", "memcmp", "bcmp",   "strlen",
                                       "memcpy", "memmove", "memset", "memchr", "strchr"};

    for (size_t i = 0; i < LENGTH(pure); i++)
        if (strcmp(name, pure[i]) == 0)
            return true;
    if (strncmp(name, "__gmpn_", 7) == 0 || strncmp(name, "__gmpz_", 7) == 0 ||
        strncmp(name, "__gmpq_", 7) == 0) {
        static const char *const impure[] = {"_out_str", "_inp_str", "_out_raw", "_inp_raw",
                                             "random",   "urandom",  "rrandom"};
        for (size_t i = 0; i < LENGTH(impure); i++)
            if (strstr(name, impure[i]))
                return false;
        o->exact = true;
        return true;
    }
    return false;
}

/* ---- sections and segments ----------------------------------------------------- */

static bool header_ok(struct object *o)
{
    if (elf_kind(o->elf) != ELF_K_ELF || !gelf_getehdr(o->elf, &o->header))
        return REFUSE("is no ELF file");
    if (o->header.e_ident[EI_CLASS] != ELFCLASS64 || o->header.e_ident[EI_DATA] != ELFDATA2LSB ||
        o->header.e_machine != MACHINE)
        return REFUSE("was built for another machine");
    if (o->header.e_type != ET_DYN)
        return REFUSE("is no shared object");
    return true;
}

static bool sections_find(struct object *o)
{
    Elf_Scn *section = NULL;
    GElf_Shdr at;

    while ((section = elf_nextscn(o->elf, section)) != NULL) {
        if (!gelf_getshdr(section, &at))
            return REFUSE("has a section that cannot be read");
        if (at.sh_type == SHT_DYNSYM) {
            o->symbols = section;
            o->symbols_at = at;
        } else if (at.sh_type == SHT_DYNAMIC) {
            o->dynamic = section;
            o->dynamic_at = at;
        } else if ((at.sh_flags & SHF_ALLOC) && at.sh_size > 0 &&
                   (at.sh_type == SHT_INIT_ARRAY || at.sh_type == SHT_FINI_ARRAY ||
                    at.sh_type == SHT_PREINIT_ARRAY)) {
            return REFUSE("would run code when it is loaded (an initialiser or finaliser)");
        }
    }
    return o->symbols && o->dynamic ? true
                                    : REFUSE("has no dynamic symbols; build it as linli/plugin.h says");
}

/* Nothing writable outlives relocation, nothing executable is writable. */
static bool segments_ok(struct object *o)
{
    size_t count = 0;
    GElf_Phdr p, relro = {0};

    elf_getphdrnum(o->elf, &count);
    for (size_t i = 0; i < count; i++)
        if (gelf_getphdr(o->elf, (int)i, &p) && p.p_type == PT_GNU_RELRO)
            relro = p;
    for (size_t i = 0; i < count; i++) {
        if (!gelf_getphdr(o->elf, (int)i, &p))
            return REFUSE("has a segment that cannot be read");
        bool writable = (p.p_flags & PF_W) != 0;
        if (p.p_type == PT_TLS || p.p_type == PT_INTERP)
            return REFUSE("has a segment that a plug-in does not need (thread variables or an interpreter)");
        if (p.p_type == PT_GNU_STACK && (p.p_flags & PF_X))
            return REFUSE("wants an executable stack");
        if (p.p_type != PT_LOAD || !writable)
            continue;
        if (p.p_flags & PF_X)
            return REFUSE("has memory that is writable and executable");
        if (p.p_vaddr < relro.p_vaddr || p.p_vaddr + p.p_memsz > relro.p_vaddr + relro.p_memsz)
            return REFUSE("holds variables that can change (writable data beyond relro; also link with -z "
                          "relro -z now)");
    }
    return true;
}

/* ---- the dynamic table ----------------------------------------------------------- */

static bool section_at(struct object *o, uint64_t address, uint32_t type)
{
    Elf_Scn *section = NULL;
    GElf_Shdr at;

    while ((section = elf_nextscn(o->elf, section)) != NULL)
        if (gelf_getshdr(section, &at) && at.sh_type == type && at.sh_addr == address)
            return true;
    return false;
}

static bool needed_ok(struct object *o, const char *name)
{
    if (name && (strncmp(name, "libc.so", 7) == 0 || strncmp(name, "libgmp.so", 9) == 0))
        return true;
    return REFUSE("needs the library %s", name ? name : "(unreadable)");
}

/* The loader believes this table, not the sections; so the two must agree. */
static bool tag_ok(struct object *o, const GElf_Dyn *d)
{
    switch (d->d_tag) {
    case DT_INIT:
    case DT_FINI:
    case DT_INIT_ARRAY:
    case DT_FINI_ARRAY:
    case DT_PREINIT_ARRAY:
        return REFUSE("would run code when it is loaded (an initialiser or finaliser)");
    case DT_TEXTREL:
        return REFUSE("has code that is changed on loading");
    case DT_RPATH:
    case DT_RUNPATH:
    case DT_AUDIT:
    case DT_DEPAUDIT:
    case DT_FILTER:
    case DT_AUXILIARY:
    case DT_REL:
        return REFUSE("names places to load other code from");
    case DT_NEEDED:
        return needed_ok(o, elf_strptr(o->elf, o->dynamic_at.sh_link, d->d_un.d_val));
    case DT_SYMTAB:
        return d->d_un.d_ptr == o->symbols_at.sh_addr ? true : REFUSE("has two tables of symbols");
    case DT_STRTAB:
        return section_at(o, d->d_un.d_ptr, SHT_STRTAB) ? true : REFUSE("has two tables of names");
    case DT_RELA:
    case DT_JMPREL:
        return section_at(o, d->d_un.d_ptr, SHT_RELA) ? true : REFUSE("has two tables of relocations");
    default:
        return true;
    }
}

static bool dynamic_ok(struct object *o)
{
    Elf_Data *data = elf_getdata(o->dynamic, NULL);
    size_t count = o->dynamic_at.sh_entsize ? o->dynamic_at.sh_size / o->dynamic_at.sh_entsize : 0;
    GElf_Dyn d;

    for (size_t i = 0; data && i < count && gelf_getdyn(data, (int)i, &d) && d.d_tag != DT_NULL; i++)
        if (!tag_ok(o, &d))
            return false;
    return data ? true : REFUSE("has a dynamic table that cannot be read");
}

/* An indirect function would run to find its own address. */
static bool relocations_ok(struct object *o)
{
    Elf_Scn *section = NULL;
    GElf_Shdr at;
    GElf_Rela r;

    while ((section = elf_nextscn(o->elf, section)) != NULL) {
        if (!gelf_getshdr(section, &at) || at.sh_type != SHT_RELA || !(at.sh_flags & SHF_ALLOC))
            continue;
        Elf_Data *data = elf_getdata(section, NULL);
        size_t count = at.sh_entsize ? at.sh_size / at.sh_entsize : 0;
        for (size_t i = 0; data && i < count && gelf_getrela(data, (int)i, &r); i++)
            if (GELF_R_TYPE(r.r_info) == RELOC_INDIRECT)
                return REFUSE("would run code when it is loaded (an indirect function)");
    }
    return true;
}

/* ---- symbols and the guard --------------------------------------------------------- */

/* The bytes at a virtual address, or NULL. */
static const uint8_t *bytes_at(struct object *o, uint64_t address, size_t size)
{
    size_t count = 0;
    GElf_Phdr p;

    elf_getphdrnum(o->elf, &count);
    for (size_t i = 0; i < count; i++) {
        if (!gelf_getphdr(o->elf, (int)i, &p) || p.p_type != PT_LOAD || address < p.p_vaddr ||
            address - p.p_vaddr > p.p_filesz || size > p.p_filesz - (address - p.p_vaddr))
            continue;
        uint64_t from = p.p_offset + (address - p.p_vaddr);
        return from <= o->file->size && size <= o->file->size - from ? o->file->bytes + from : NULL;
    }
    return NULL;
}

static bool export_ok(struct object *o, const GElf_Sym *symbol, const char *name)
{
    uint32_t guard[4];

    if (strcmp(name, "linli_exports") != 0)
        return REFUSE("exports \"%s\"; only linli_exports may be (build with -fvisibility=hidden)", name);
    const uint8_t *at = bytes_at(o, symbol->st_value, sizeof guard);
    if (GELF_ST_TYPE(symbol->st_info) != STT_OBJECT || !at)
        return REFUSE("exports linli_exports as something else than data");
    memcpy(guard, at, sizeof guard);
    return guard_ok(guard, o->why);
}

static bool symbols_ok(struct object *o)
{
    Elf_Data *data = elf_getdata(o->symbols, NULL);
    size_t count = o->symbols_at.sh_entsize ? o->symbols_at.sh_size / o->symbols_at.sh_entsize : 0;
    int exported = 0;
    GElf_Sym symbol;

    for (size_t i = 1; data && i < count && gelf_getsym(data, (int)i, &symbol); i++) {
        const char *name = elf_strptr(o->elf, o->symbols_at.sh_link, symbol.st_name);
        if (!name)
            return REFUSE("has a symbol without a name");
        if (GELF_ST_TYPE(symbol.st_info) == STT_GNU_IFUNC)
            return REFUSE("would run code when it is loaded (the indirect function \"%s\")", name);
        if (symbol.st_shndx == SHN_UNDEF) {
            if (!import_ok(o, name))
                return REFUSE("imports \"%s\", which is not one of the pure functions", name);
        } else if (GELF_ST_BIND(symbol.st_info) != STB_LOCAL) {
            if (!export_ok(o, &symbol, name))
                return false;
            exported++;
        }
    }
    return exported == 1 ? true : REFUSE("does not export linli_exports");
}

static pthread_once_t once = PTHREAD_ONCE_INIT;

static void begin(void)
{
    elf_version(EV_CURRENT);
}

bool candidate_pure(const struct candidate *c, bool *ret_exact, struct buf *why)
{
    struct object object = {.file = c, .why = why}, *o = &object;

    pthread_once(&once, begin);
    o->elf = elf_memory((char *)c->bytes, c->size);
    if (!o->elf)
        return REFUSE("is no ELF file");
    /* The guard comes with the symbols: a stranger hears of its version first. */
    bool good = header_ok(o) && sections_find(o) && symbols_ok(o) && dynamic_ok(o) && segments_ok(o) &&
                relocations_ok(o);
    elf_end(o->elf);
    *ret_exact = o->exact;
    return good;
}
