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
    GElf_Shdr symbols_at, dynamic_at, names_at;
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

/* ---- where things are ------------------------------------------------------------ */

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

/* The loader reads memory by address, this file by section: they must be the same bytes. */
static bool in_place(struct object *o, const GElf_Shdr *at)
{
    const uint8_t *loaded = bytes_at(o, at->sh_addr, at->sh_size);

    return at->sh_size > 0 && loaded && (size_t)(loaded - o->file->bytes) == at->sh_offset;
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

static bool keep_table(struct object *o, Elf_Scn *section, const GElf_Shdr *at)
{
    Elf_Scn **kept = at->sh_type == SHT_DYNSYM ? &o->symbols : &o->dynamic;

    if (*kept)
        return REFUSE("has two dynamic tables of one kind");
    *kept = section;
    *(at->sh_type == SHT_DYNSYM ? &o->symbols_at : &o->dynamic_at) = *at;
    return true;
}

static bool section_ok(struct object *o, Elf_Scn *section)
{
    GElf_Shdr at;

    if (!gelf_getshdr(section, &at))
        return REFUSE("has a section that cannot be read");
    switch (at.sh_type) {
    case SHT_INIT_ARRAY:
    case SHT_FINI_ARRAY:
    case SHT_PREINIT_ARRAY:
        return !(at.sh_flags & SHF_ALLOC) || at.sh_size == 0
                   ? true
                   : REFUSE("would run code when it is loaded (an initialiser or finaliser)");
    case SHT_RELA:
        if (!(at.sh_flags & SHF_ALLOC))
            return true;
        return in_place(o, &at) ? true : REFUSE("has a table that is another one in memory");
    case SHT_DYNSYM:
    case SHT_DYNAMIC:
        return in_place(o, &at) ? keep_table(o, section, &at)
                                : REFUSE("has a table that is another one in memory");
    default:
        return true;
    }
}

static bool sections_find(struct object *o)
{
    Elf_Scn *section = NULL;

    while ((section = elf_nextscn(o->elf, section)) != NULL)
        if (!section_ok(o, section))
            return false;
    if (!o->symbols || !o->dynamic)
        return REFUSE("has no dynamic symbols; build it as linli/plugin.h says");
    section = elf_getscn(o->elf, o->symbols_at.sh_link);
    if (!section || !gelf_getshdr(section, &o->names_at) || o->names_at.sh_type != SHT_STRTAB ||
        o->dynamic_at.sh_link != o->symbols_at.sh_link || !in_place(o, &o->names_at))
        return REFUSE("has two tables of names");
    return true;
}

enum { PAGE = 4096 };

/* What is loaded lies in order and on pages of its own, so that an address means one thing. */
static bool load_ok(struct object *o, const GElf_Phdr *p, const GElf_Phdr *relro, uint64_t *next)
{
    bool writable = (p->p_flags & PF_W) != 0;

    if (p->p_vaddr / PAGE * PAGE < *next || p->p_memsz > UINT64_MAX / 2 || p->p_vaddr > UINT64_MAX / 4)
        return REFUSE("has segments that lie on each other");
    *next = (p->p_vaddr + p->p_memsz + PAGE - 1) / PAGE * PAGE;
    if (!writable)
        return true;
    if (p->p_flags & PF_X)
        return REFUSE("has memory that is writable and executable");
    /* The loader protects whole pages only. */
    if (p->p_vaddr < relro->p_vaddr || relro->p_memsz > UINT64_MAX / 4 ||
        p->p_vaddr + p->p_memsz > (relro->p_vaddr + relro->p_memsz) / PAGE * PAGE)
        return REFUSE("holds variables that can change (writable data beyond relro; also link with -z "
                      "relro -z now)");
    return true;
}

static bool segment_ok(struct object *o, const GElf_Phdr *p, const GElf_Phdr *relro, uint64_t *next)
{
    switch (p->p_type) {
    case PT_TLS:
    case PT_INTERP:
        return REFUSE("has a segment that a plug-in does not need (thread variables or an interpreter)");
    case PT_DYNAMIC:
        return p->p_vaddr == o->dynamic_at.sh_addr && p->p_memsz == o->dynamic_at.sh_size
                   ? true
                   : REFUSE("has two dynamic tables");
    case PT_GNU_STACK:
        return p->p_flags & PF_X ? REFUSE("wants an executable stack") : true;
    case PT_LOAD:
        return load_ok(o, p, relro, next);
    default:
        return true;
    }
}

/* Nothing writable outlives relocation, nothing executable is writable. */
static bool segments_ok(struct object *o)
{
    size_t count = 0;
    uint64_t next = 0;
    bool stack = false;
    GElf_Phdr p, relro = {0};

    elf_getphdrnum(o->elf, &count);
    for (size_t i = 0; i < count; i++) {
        if (!gelf_getphdr(o->elf, (int)i, &p))
            return REFUSE("has a segment that cannot be read");
        if (p.p_type == PT_GNU_RELRO)
            relro = p;
        stack |= p.p_type == PT_GNU_STACK;
    }
    if (!stack)
        return REFUSE("does not say that its stack is not executable");
    for (size_t i = 0; i < count; i++)
        if (gelf_getphdr(o->elf, (int)i, &p) && !segment_ok(o, &p, &relro, &next))
            return false;
    return true;
}

/* ---- the dynamic table ----------------------------------------------------------- */

/* Size of the relocations at an address; 0: there are none. */
static uint64_t relocations_at(struct object *o, uint64_t address)
{
    Elf_Scn *section = NULL;
    GElf_Shdr at;

    while ((section = elf_nextscn(o->elf, section)) != NULL)
        if (gelf_getshdr(section, &at) && at.sh_type == SHT_RELA && at.sh_addr == address)
            return at.sh_size;
    return 0;
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
        return d->d_un.d_ptr == o->names_at.sh_addr ? true : REFUSE("has two tables of names");
    case DT_PLTREL:
        return d->d_un.d_val == DT_RELA ? true : REFUSE("has relocations of another kind");
    case DT_SYMENT:
        return d->d_un.d_val == sizeof(Elf64_Sym) ? true : REFUSE("has symbols of another width");
    case DT_RELAENT:
        return d->d_un.d_val == sizeof(Elf64_Rela) ? true : REFUSE("has relocations of another width");
    default:
        return true;
    }
}

static bool dynamic_ok(struct object *o)
{
    Elf_Data *data = elf_getdata(o->dynamic, NULL);
    size_t count = o->dynamic_at.sh_size / sizeof(Elf64_Dyn);
    uint64_t at[2] = {0}, size[2] = {0}; /* relocations of data, of calls */
    GElf_Dyn d = {.d_tag = DT_DEBUG};

    for (size_t i = 0; data && i < count && gelf_getdyn(data, (int)i, &d) && d.d_tag != DT_NULL; i++) {
        if (!tag_ok(o, &d))
            return false;
        if (d.d_tag == DT_RELA || d.d_tag == DT_JMPREL)
            at[d.d_tag == DT_JMPREL] = d.d_un.d_ptr;
        if (d.d_tag == DT_RELASZ || d.d_tag == DT_PLTRELSZ)
            size[d.d_tag == DT_PLTRELSZ] = d.d_un.d_val;
    }
    if (d.d_tag != DT_NULL)
        return REFUSE("has a dynamic table that cannot be read to its end");
    for (int i = 0; i < 2; i++)
        if (size[i] > relocations_at(o, at[i]))
            return REFUSE("has two tables of relocations");
    return true;
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
        for (size_t i = 0; data && i < count && gelf_getrela(data, (int)i, &r); i++) {
            if (GELF_R_TYPE(r.r_info) == RELOC_INDIRECT)
                return REFUSE("would run code when it is loaded (an indirect function)");
            if (GELF_R_SYM(r.r_info) >= o->symbols_at.sh_size / sizeof(Elf64_Sym))
                return REFUSE("relocates by a symbol that it does not have");
        }
    }
    return true;
}

/* ---- symbols and the guard --------------------------------------------------------- */

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
