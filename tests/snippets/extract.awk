# extract.awk - finds the code in a text and writes each block to a file of its own: FOLDER/NUMBER-LINE.KIND, where LINE is the one
# before the block's first.
#
# In a header, code is what stands indented by five spaces behind a comment's star and holds a semicolon:   " *     code;"
# In Markdown it is a fenced block with a language:                                                           ```c ```sh ```cmake
function finish() {
    if (kind != "" && block != "") {
        file = sprintf("%s/%02d-%d.%s", folder, ++blocks, first, kind)
        printf "%s", block > file
        close(file)
    }
    block = kind = ""
}

FNR == 1 { markdown = FILENAME ~ /\.md$/ }

markdown && /^```/ {
    if (fenced) {
        fenced = 0
        finish()
    } else {
        fenced = 1
        kind = substr($0, 4)
        first = NR
    }
    next
}
markdown {
    if (fenced)
        block = block $0 "\n"
    next
}

/^ \*     / {
    if (block == "")
        first = NR - 1
    block = block substr($0, 8) "\n"
    if (/;/)
        kind = "c"
    next
}
/^ \*$/ && block != "" { block = block "\n"; next }
{ finish() }
END { finish() }
