/* The loader believes segments and addresses, the check reads sections: files in which the two differ are
 * refused. */
#include <criterion/criterion.h>
#include <elf.h>
#include <string.h>

#include "core/host/loader.h"

static struct candidate good(void)
{
    CLEANUP(buf_free) struct buf why = {0};
    struct candidate c;

    cr_assert(candidate_read(PLUGIN_DIR "/lowest_price.so", &c, &why), "%s", why.data);
    return c;
}

static void refused(struct candidate *c, const char *text)
{
    CLEANUP(buf_free) struct buf why = {0};
    bool exact = false;

    cr_expect(!candidate_pure(c, &exact, &why), "let in, though: %s", text);
    cr_expect(why.data && strstr(why.data, text), "expected \"%s\", got \"%s\"", text,
              why.data ? why.data : "");
    candidate_free(c);
}

static Elf64_Phdr *segment(struct candidate *c, uint32_t type)
{
    Elf64_Ehdr *e = (Elf64_Ehdr *)(void *)c->bytes;
    Elf64_Phdr *p = (Elf64_Phdr *)(void *)(c->bytes + e->e_phoff);

    for (int i = 0; i < e->e_phnum; i++)
        if (p[i].p_type == type)
            return &p[i];
    NEVER("no segment of that type");
}

static Elf64_Shdr *section(struct candidate *c, uint32_t type)
{
    Elf64_Ehdr *e = (Elf64_Ehdr *)(void *)c->bytes;
    Elf64_Shdr *s = (Elf64_Shdr *)(void *)(c->bytes + e->e_shoff);

    for (int i = 0; i < e->e_shnum; i++)
        if (s[i].sh_type == type)
            return &s[i];
    NEVER("no section of that type");
}

static Elf64_Dyn *tag(struct candidate *c, int64_t tag)
{
    Elf64_Dyn *d = (Elf64_Dyn *)(void *)(c->bytes + section(c, SHT_DYNAMIC)->sh_offset);

    while (d->d_tag != tag) {
        cr_assert(d->d_tag != DT_NULL, "no tag %lld", (long long)tag);
        d++;
    }
    return d;
}

Test(elf, a_good_one_is_let_in)
{
    CLEANUP(buf_free) struct buf why = {0};
    struct candidate c = good();
    bool exact = true;

    cr_expect(candidate_pure(&c, &exact, &why), "%s", why.data);
    cr_expect(!exact);
    candidate_free(&c);
}

Test(elf, another_dynamic_table_for_the_loader)
{
    struct candidate c = good();

    segment(&c, PT_DYNAMIC)->p_vaddr -= 16;
    refused(&c, "two dynamic tables");
}

Test(elf, a_dynamic_table_without_end)
{
    struct candidate c = good();
    Elf64_Dyn *end = tag(&c, DT_NULL);
    uint64_t size = (uint64_t)((uint8_t *)end - c.bytes) - section(&c, SHT_DYNAMIC)->sh_offset;

    section(&c, SHT_DYNAMIC)->sh_size = segment(&c, PT_DYNAMIC)->p_memsz = size;
    refused(&c, "to its end");
}

Test(elf, sections_that_lie_elsewhere_in_memory)
{
    struct candidate c = good();

    section(&c, SHT_DYNSYM)->sh_addr += 24;
    refused(&c, "another one in memory");
    c = good();
    section(&c, SHT_DYNAMIC)->sh_offset += 16;
    refused(&c, "another one in memory");
    c = good();
    section(&c, SHT_RELA)->sh_offset += 24;
    refused(&c, "another one in memory");
}

Test(elf, other_names_for_the_loader)
{
    struct candidate c = good();

    tag(&c, DT_STRTAB)->d_un.d_ptr += 1;
    refused(&c, "two tables of names");
}

Test(elf, more_symbols_or_relocations_than_the_sections_say)
{
    struct candidate c = good();

    tag(&c, DT_SYMTAB)->d_un.d_ptr += 24;
    refused(&c, "two tables of symbols");
    c = good();
    tag(&c, DT_RELASZ)->d_un.d_val += 24;
    refused(&c, "two tables of relocations");
    c = good();
    ((Elf64_Rela *)(void *)(c.bytes + section(&c, SHT_RELA)->sh_offset))->r_info |= UINT64_C(0xffff) << 32;
    refused(&c, "a symbol that it does not have");
}

Test(elf, a_stack_nobody_spoke_of_is_executable)
{
    struct candidate c = good();

    segment(&c, PT_GNU_STACK)->p_type = PT_NULL;
    refused(&c, "its stack");
}

Test(elf, protection_that_ends_within_a_page)
{
    struct candidate c = good();

    segment(&c, PT_GNU_RELRO)->p_memsz -= 1;
    refused(&c, "writable data beyond relro");
}

Test(elf, segments_on_each_other)
{
    struct candidate c = good();
    Elf64_Phdr *first = segment(&c, PT_LOAD);

    first->p_memsz += 1 << 20;
    refused(&c, "lie on each other");
}
