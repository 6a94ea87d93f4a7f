/* linli plugin new: a folder to begin a plug-in in. */
#ifndef API_CLI_PLUGIN_NEW_H
#define API_CLI_PLUGIN_NEW_H

/* `kind` is mechanism or scheme; the last part of `path` is the id.  An exit code. */
int plugin_new(const char *kind, const char *path);

#endif
