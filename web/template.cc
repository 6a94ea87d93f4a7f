// The one C++ file: ctemplate behind web/template.h.  No exception leaves it.
extern "C" {
#include "web/template.h"
#include "web/words.h"
}

#include <ctemplate/template.h>
#include <ctemplate/template_cache.h>
#include <ctemplate/template_dictionary.h>
#include <dirent.h>

#include <algorithm>
#include <fstream>
#include <new>
#include <set>
#include <sstream>
#include <string>
#include <vector>

using ctemplate::STRIP_BLANK_LINES;
using ctemplate::TemplateDictionary;
using ctemplate::TemplateString;
using std::string;

struct templates {
    ctemplate::TemplateCache cache;
    std::set<string> manners; // templates that a manner of speaking says otherwise
};

namespace {

const char *const languages[] = {"zh", "en"};

string name_of(bool chinese, const char *manner, const string &name)
{
    return string(chinese ? "zh/" : "en/") + (manner ? string(manner) + "/" : string()) + name;
}

struct filler {
    const struct templates *templates;
    bool chinese;
    const char *manner;

    void value(TemplateDictionary *d, const char *key, const json_t *v) const
    {
        switch (json_typeof(v)) {
        case JSON_STRING:
            d->SetValue(key, TemplateString(json_string_value(v), json_string_length(v)));
            if (json_string_length(v) > 0)
                d->ShowSection(string("has_") + key);
            break;
        case JSON_INTEGER:
            d->SetFormattedValue(key, "%" JSON_INTEGER_FORMAT, json_integer_value(v));
            break;
        case JSON_TRUE:
            d->ShowSection(key);
            break;
        case JSON_FALSE:
            d->ShowSection(string("not_") + key);
            break;
        case JSON_OBJECT:
            object(d->AddSectionDictionary(key), v);
            break;
        case JSON_ARRAY:
            list(d, key, v);
            break;
        case JSON_REAL:
        case JSON_NULL:
            break;
        }
    }

    void element(TemplateDictionary *d, const json_t *v) const
    {
        if (json_is_object(v))
            object(d, v);
        else
            value(d, "it", v);
    }

    void list(TemplateDictionary *d, const char *key, const json_t *v) const
    {
        if (json_array_size(v) == 0)
            d->ShowSection(string(key) + "_empty");
        for (size_t i = 0; i < json_array_size(v); i++)
            element(d->AddSectionDictionary(key), json_array_get(v, i));
    }

    // The template in its manner, where that has words of its own in it.
    string own(const string &name) const
    {
        const string in = name_of(chinese, manner, name);

        return manner && templates->manners.count(in) ? in : name_of(chinese, nullptr, name);
    }

    void part(TemplateDictionary *d, const char *name, const json_t *v) const
    {
        if (json_is_array(v)) {
            for (size_t i = 0; i < json_array_size(v); i++)
                part(d, name, json_array_get(v, i));
        } else if (json_is_object(v)) {
            TemplateDictionary *in = d->AddIncludeDictionary(name);
            in->SetFilename(own(name));
            object(in, v);
        }
    }

    void object(TemplateDictionary *d, const json_t *data) const
    {
        json_t *all = const_cast<json_t *>(data);
        const char *key;
        json_t *v;

        json_object_foreach(all, key, v)
        {
            if (key[0] == '>')
                part(d, key + 1, v);
            else
                value(d, key, v);
        }
    }
};

// {{_key}} becomes the text, {{=key}} a value that is HTML already.
int translate(const string &in, bool chinese, const char *manner, const char *file, string *out, struct err *err)
{
    size_t at = 0;

    for (;;) {
        const size_t open = in.find("{{", at);
        const size_t close = open == string::npos ? open : in.find("}}", open);

        if (close == string::npos)
            break;
        out->append(in, at, open - at);
        const string name = in.substr(open + 2, close - open - 2);
        if (!name.empty() && name[0] == '_') {
            const char *text = words_text(manner, name.c_str() + 1, chinese);
            if (!text)
                return err_set(err, E_BROKEN, "server/broken", "%s: web/words.def has no text %s", file, name.c_str() + 1);
            out->append(text);
        } else if (!name.empty() && name[0] == '=') {
            out->append("{{" + name.substr(1) + ":none}}");
        } else {
            out->append("{{" + name + "}}");
        }
        at = close + 2;
    }
    out->append(in, at, string::npos);
    return 0;
}

bool file_read(const string &path, string *ret)
{
    std::ifstream in(path.c_str(), std::ios::binary);
    std::ostringstream all;

    all << in.rdbuf();
    *ret = all.str();
    return !in.bad() && in.is_open();
}

// Keeps a template as it reads in a manner (null: plainly, as *plain from then on), where that differs.
int say(struct templates *t, const string &file, const string &text, bool chinese, const char *manner, string *plain, struct err *err)
{
    const string name = name_of(chinese, manner, file.substr(0, file.rfind('.')));
    string said = file.compare(file.rfind('.'), string::npos, ".xml") == 0 ? "{{%AUTOESCAPE context=\"XML\"}}" : "{{%AUTOESCAPE context=\"HTML\"}}";
    const int status = translate(text, chinese, manner, file.c_str(), &said, err);

    if (status || (manner && said == *plain))
        return status;
    if (!t->cache.StringToTemplateCache(name, said, STRIP_BLANK_LINES))
        return err_set(err, E_BROKEN, "server/broken", "%s is no template", file.c_str());
    if (manner)
        t->manners.insert(name);
    else
        *plain = said;
    return 0;
}

int load(struct templates *t, const string &folder, const string &file, struct err *err)
{
    string text;

    if (!file_read(folder + "/" + file, &text))
        return err_set(err, E_BROKEN, "server/broken", "cannot read %s/%s", folder.c_str(), file.c_str());
    for (const char *language : languages) {
        const bool chinese = language[0] == 'z';
        string plain;
        int status = say(t, file, text, chinese, nullptr, &plain, err);

        for (size_t i = 0; !status && i < WORDS_MANNERS; i++)
            status = say(t, file, text, chinese, words_manner_at(i), &plain, err);
        if (status)
            return status;
    }
    return 0;
}

int load_all(struct templates *t, const char *folder, struct err *err)
{
    DIR *d = opendir(folder);
    std::vector<string> files;
    const struct dirent *e;
    int status = 0;

    if (!d)
        return err_set(err, E_BROKEN, "server/broken", "there is no folder %s", folder);
    while ((e = readdir(d))) {
        const string name = e->d_name;
        const size_t dot = name.rfind('.');
        if (dot != string::npos && dot > 0 && (name.compare(dot, string::npos, ".html") == 0 || name.compare(dot, string::npos, ".xml") == 0))
            files.push_back(name);
    }
    closedir(d);
    std::sort(files.begin(), files.end());
    for (size_t i = 0; !status && i < files.size(); i++)
        status = load(t, folder, files[i], err);
    t->cache.Freeze();
    return status;
}

} // namespace

int templates_open(const char *folder, struct templates **ret, struct err *err)
{
    struct templates *t = nullptr;
    int status;

    try {
        t = new templates;
        status = load_all(t, folder, err);
    } catch (const std::exception &e) {
        status = err_set(err, E_BROKEN, "server/broken", "templates: %s", e.what());
    }
    if (status)
        delete t;
    else
        *ret = t;
    return status;
}

void templates_close(struct templates *t) { delete t; }

int template_render(const struct templates *t, const char *name, bool chinese, const char *manner, const json_t *data,
                    struct buf *out, struct err *err)
{
    try {
        const filler fill = {t, chinese, manner};
        const string key = fill.own(name);
        TemplateDictionary dictionary(key);
        string text;

        fill.object(&dictionary, data);
        if (!t->cache.ExpandNoLoad(key, STRIP_BLANK_LINES, &dictionary, nullptr, &text))
            return err_set(err, E_BROKEN, "server/broken", "the template %s cannot be filled", key.c_str());
        buf_add(out, text.data(), text.size());
        return 0;
    } catch (const std::exception &e) {
        return err_set(err, E_BROKEN, "server/broken", "template %s: %s", name, e.what());
    }
}
