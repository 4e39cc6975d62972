package io.entitydb.web.entities;

/** How contents stand in answers. */
enum ContentForm {
    /** As strings of base64. */
    BASE64,
    /** JSON values as they are, all else as strings of base64. */
    JSON
}
