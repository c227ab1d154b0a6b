// libcurl's setters and getters take any type through `...`, which Swift cannot call: one typed function for each type
// that we need.
#ifndef MEDIASHARE_CCURL_H
#define MEDIASHARE_CCURL_H

#include <curl/curl.h>

static inline CURLcode curl_set_text(CURL *handle, CURLoption option, const char *value) {
    return curl_easy_setopt(handle, option, value);
}

static inline CURLcode curl_set_number(CURL *handle, CURLoption option, long value) {
    return curl_easy_setopt(handle, option, value);
}

static inline CURLcode curl_set_size(CURL *handle, CURLoption option, curl_off_t value) {
    return curl_easy_setopt(handle, option, value);
}

static inline CURLcode curl_set_list(CURL *handle, CURLoption option, struct curl_slist *value) {
    return curl_easy_setopt(handle, option, value);
}

// What is sent: `read` is asked for the next bytes.
static inline CURLcode curl_set_reader(CURL *handle, curl_read_callback read, void *context) {
    CURLcode code = curl_easy_setopt(handle, CURLOPT_READFUNCTION, read);
    return code == CURLE_OK ? curl_easy_setopt(handle, CURLOPT_READDATA, context) : code;
}

// What comes: `write` is handed the next bytes.
static inline CURLcode curl_set_writer(CURL *handle, curl_write_callback write, void *context) {
    CURLcode code = curl_easy_setopt(handle, CURLOPT_WRITEFUNCTION, write);
    return code == CURLE_OK ? curl_easy_setopt(handle, CURLOPT_WRITEDATA, context) : code;
}

// The body of a POST; libcurl keeps a copy. The length comes first, or it would be measured up to the first zero.
static inline CURLcode curl_set_body(CURL *handle, const void *bytes, curl_off_t count) {
    CURLcode code = curl_easy_setopt(handle, CURLOPT_POSTFIELDSIZE_LARGE, count);
    return code == CURLE_OK ? curl_easy_setopt(handle, CURLOPT_COPYPOSTFIELDS, bytes) : code;
}

// What is talked with the server, line by line.
static inline CURLcode curl_set_listener(CURL *handle, curl_debug_callback listen, void *context) {
    CURLcode code = curl_easy_setopt(handle, CURLOPT_VERBOSE, 1L);
    if (code == CURLE_OK) code = curl_easy_setopt(handle, CURLOPT_DEBUGFUNCTION, listen);
    return code == CURLE_OK ? curl_easy_setopt(handle, CURLOPT_DEBUGDATA, context) : code;
}

// The last reply of the server; 0 when there was none.
static inline long curl_last_reply(CURL *handle) {
    long reply = 0;
    curl_easy_getinfo(handle, CURLINFO_RESPONSE_CODE, &reply);
    return reply;
}

// Must run once before anything else, while no other thread uses libcurl.
static inline CURLcode curl_start(void) {
    return curl_global_init(CURL_GLOBAL_DEFAULT);
}

#endif
