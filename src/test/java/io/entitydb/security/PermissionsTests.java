package io.entitydb.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.entitydb.entity.Tag;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

class PermissionsTests {

    private static Permissions of(String... tags) {
        return Permissions.of(
                Arrays.stream(tags)
                        .map(tag -> Permission.of(Tag.parse(tag)).orElseThrow())
                        .toList());
    }

    @ParameterizedTest
    @CsvSource({
        "rbac:perm:entity:view, ENTITY_VIEW, shop, true",
        "rbac:perm:entity:view, ENTITY_VIEW, , true",
        "rbac:perm:entity:view, ENTITY_CREATE, shop, false",
        "rbac:perm:entity:*, ENTITY_ERASE, shop, true",
        "rbac:perm:*:view, STORE_VIEW, , true",
        "rbac:perm:*:view, STORE_BACKUP, , false",
        "rbac:perm:*, USER_MANAGE, , true",
        "dataset:shop:entity:view, ENTITY_VIEW, shop, true",
        "dataset:shop:entity:view, ENTITY_VIEW, shop2, false",
        "dataset:shop:entity:view, ENTITY_VIEW, , false",
        "dataset:shop:*, ENTITY_ERASE, shop, true",
        "dataset:shop:*, DATASET_DELETE, shop, true",
        "dataset:shop:*, STORE_VIEW, , false",
        "dataset:shop:*, USER_MANAGE, , false",
    })
    void aTagGivesWhatItSays(String tag, Right right, String dataset, boolean isAllowed) {
        assertThat(of(tag).allow(right, dataset)).isEqualTo(isAllowed);
    }

    @Test
    void othersAreAdded() {
        Permissions view = of("rbac:perm:entity:view");
        Permissions shop = of("dataset:shop:*");

        assertThat(view.with(shop.all())).isEqualTo(of("dataset:shop:*", "rbac:perm:entity:view"));
        assertThat(view.with(view.all())).isEqualTo(view);
        assertThat(Permissions.NONE.with(view.all())).isEqualTo(view);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "rbac:perm:",
                "rbac:perm:entity",
                "rbac:perm:entity:",
                "rbac:perm:entity:fly",
                "rbac:perm:dragon:view",
                "rbac:perm:entity:view:x",
                "rbac:perm:ENTITY:VIEW",
                "rbac:role:admin",
                "perm:entity:view",
                "dataset:shop",
                "dataset:shop:entity",
                "dataset:*:entity:view",
                "dataset:Shop:entity:view",
                "dataset:shop:store:view",
                "dataset:shop:user:manage",
                "dataset:shop:entity:fly",
            })
    void whatIsNoPermissionGivesNothing(String tag) {
        assertThat(Permission.of(Tag.parse(tag))).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void eachRightIsAPermissionOfItsOwn(Right right) {
        Permission permission = Permission.of(right, null);

        assertThat(Permission.of(permission.tag())).contains(permission);
        assertThat(
                        Arrays.stream(Right.values())
                                .filter(
                                        other ->
                                                of(permission.tag().toString()).allow(other, null)))
                .containsExactly(right);
    }

    @Test
    void nobodyCoversMoreThanTheyHave() {
        Permissions editor = of("rbac:perm:entity:view", "rbac:perm:entity:update");

        assertThat(Permissions.ALL.cover(editor)).isTrue();
        assertThat(editor.cover(Permissions.ALL)).isFalse();
        assertThat(editor.cover(of("dataset:shop:entity:view"))).isTrue();
        assertThat(editor.cover(of("dataset:shop:entity:*"))).isFalse();
        assertThat(of("dataset:shop:entity:*").cover(of("rbac:perm:entity:view"))).isFalse();
        assertThat(of("dataset:shop:*").cover(of("dataset:shop:entity:view"))).isTrue();
        assertThat(of("dataset:shop:*").cover(of("dataset:other:entity:view"))).isFalse();
        assertThat(Permissions.NONE.cover(Permissions.NONE)).isTrue();
    }

    @Test
    void boundsTakeAwayAndNeverAdd() {
        Permissions user = of("dataset:shop:*", "rbac:perm:entity:view");

        assertThat(user.within(of("rbac:perm:*")).all()).isEqualTo(user.all());
        assertThat(user.within(of("dataset:shop:entity:create")).all())
                .isEqualTo(of("dataset:shop:entity:create").all());
        assertThat(user.within(of("dataset:other:entity:*")).all())
                .isEqualTo(of("dataset:other:entity:view").all());
        assertThat(user.within(of("rbac:perm:user:manage")).isEmpty()).isTrue();
        assertThat(user.within(Permissions.NONE).isEmpty()).isTrue();
    }

    @Test
    void datasetsAreThoseOfThePermissions() {
        assertThat(of("dataset:a:entity:view", "dataset:b:dataset:delete").datasets())
                .isEqualTo(Optional.of(Set.of("a", "b")));
        assertThat(of("rbac:perm:store:view").datasets()).isEqualTo(Optional.of(Set.of()));
        assertThat(of("rbac:perm:entity:view", "dataset:b:*").datasets()).isEmpty();
        assertThat(of("dataset:a:entity:erase").reach("a")).isTrue();
        assertThat(of("dataset:a:entity:erase").reach("b")).isFalse();
        assertThat(List.of(Right.values()))
                .allMatch(right -> Permissions.ALL.allowSomewhere(right));
        assertThat(of("dataset:a:entity:erase").allowSomewhere(Right.ENTITY_VIEW)).isFalse();
        assertThat(of("dataset:a:entity:erase").allowSomewhere(Right.ENTITY_ERASE)).isTrue();
    }
}
