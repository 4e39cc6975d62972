package io.entitydb.planted;

import java.lang.classfile.ClassElement;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeModel;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.MethodModel;
import java.lang.classfile.Opcode;
import java.lang.classfile.TypeKind;
import java.lang.classfile.instruction.BranchInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.OperatorInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A change of one method's code.
 *
 * @param type name of the class
 * @param method name of the method
 * @param transform what is done to it
 * @param places counts where the code was changed; none means that the planting missed
 */
record Planting(String type, String method, ClassTransform transform, AtomicInteger places) {

    private static final String ENGINE = "io.entitydb.storage.";

    /** A class of the engine and one of its methods. */
    static Target in(String type, String method) {
        return new Target(ENGINE + type, method);
    }

    /** Where something is planted. */
    record Target(String type, String method) {

        /** The method does nothing and answers zero, false or nothing at all. */
        Planting returnsAtOnce() {
            AtomicInteger places = new AtomicInteger();
            ClassTransform transform =
                    (builder, element) -> {
                        if (element instanceof MethodModel found && isIt(found)) {
                            places.incrementAndGet();
                            builder.transformMethod(
                                    found,
                                    (inner, part) -> {
                                        if (part instanceof CodeModel) {
                                            inner.withCode(
                                                    code ->
                                                            returnDefault(
                                                                    code,
                                                                    found.methodTypeSymbol()
                                                                            .returnType()));
                                        } else {
                                            inner.with(part);
                                        }
                                    });
                        } else {
                            builder.with(element);
                        }
                    };
            return new Planting(type, method, transform, places);
        }

        /** Calls of another method are left out; what they would answer is zero, false or null. */
        Planting withoutCall(String callee) {
            return withoutCall(callee, 0);
        }

        /**
         * As {@link #withoutCall(String)}, for one of the calls.
         *
         * @param which the first is 1; 0 for all
         */
        Planting withoutCall(String callee, int which) {
            AtomicInteger places = new AtomicInteger();
            AtomicInteger calls = new AtomicInteger();
            return code(
                    (builder, element) -> {
                        if (element instanceof InvokeInstruction call
                                && call.name().equalsString(callee)
                                && (calls.incrementAndGet() == which || which == 0)) {
                            places.incrementAndGet();
                            leaveOut(builder, call);
                        } else {
                            builder.with(element);
                        }
                    },
                    places);
        }

        /** Each of two methods of the class is called in place of the other. */
        Planting withCallsSwapped(String one, String other) {
            AtomicInteger places = new AtomicInteger();
            return code(
                    (builder, element) -> {
                        if (element instanceof InvokeInstruction call
                                && (call.name().equalsString(one)
                                        || call.name().equalsString(other))) {
                            places.incrementAndGet();
                            String name = call.name().equalsString(one) ? other : one;
                            builder.invoke(
                                    call.opcode(),
                                    call.owner().asSymbol(),
                                    name,
                                    call.typeSymbol(),
                                    call.isInterface());
                        } else {
                            builder.with(element);
                        }
                    },
                    places);
        }

        /** A static method of two numbers is replaced by its first argument. */
        Planting withFirstArgumentOf(String callee) {
            AtomicInteger places = new AtomicInteger();
            return code(
                    (builder, element) -> {
                        if (element instanceof InvokeInstruction call
                                && call.name().equalsString(callee)) {
                            places.incrementAndGet();
                            pop(builder, call.typeSymbol().parameterType(1));
                        } else {
                            builder.with(element);
                        }
                    },
                    places);
        }

        /** A long is one higher than it was computed, wherever two are added. */
        Planting withSumsOneHigher() {
            AtomicInteger places = new AtomicInteger();
            return code(
                    (builder, element) -> {
                        builder.with(element);
                        if (element instanceof OperatorInstruction operator
                                && operator.opcode() == Opcode.LADD) {
                            places.incrementAndGet();
                            builder.lconst_1().ladd();
                        }
                    },
                    places);
        }

        /** Where two numbers of 32 bits are compared, they are taken for equal. */
        Planting withNumbersTakenForEqual() {
            AtomicInteger places = new AtomicInteger();
            return code(
                    (builder, element) -> {
                        if (element instanceof BranchInstruction branch
                                && (branch.opcode() == Opcode.IF_ICMPEQ
                                        || branch.opcode() == Opcode.IF_ICMPNE)) {
                            places.incrementAndGet();
                            builder.pop2();
                            if (branch.opcode() == Opcode.IF_ICMPEQ) {
                                builder.goto_(branch.target());
                            }
                        } else {
                            builder.with(element);
                        }
                    },
                    places);
        }

        /** A method without arguments that fails is called once more. */
        Planting withSecondTryOf(String callee) {
            AtomicInteger places = new AtomicInteger();
            return code(
                    (builder, element) -> {
                        if (element instanceof InvokeInstruction call
                                && call.name().equalsString(callee)) {
                            places.incrementAndGet();
                            int receiver = builder.allocateLocal(TypeKind.REFERENCE);
                            builder.astore(receiver)
                                    .trying(
                                            first -> first.aload(receiver).with(call),
                                            handlers ->
                                                    handlers.catchingAll(
                                                            second ->
                                                                    second.pop()
                                                                            .aload(receiver)
                                                                            .with(call)));
                        } else {
                            builder.with(element);
                        }
                    },
                    places);
        }

        private Planting code(CodeTransform transform, AtomicInteger places) {
            return new Planting(
                    type,
                    method,
                    ClassTransform.transformingMethodBodies(this::isIt, transform),
                    places);
        }

        private boolean isIt(ClassElement element) {
            return element instanceof MethodModel found && found.methodName().equalsString(method);
        }
    }

    private static void leaveOut(CodeBuilder builder, InvokeInstruction call) {
        MethodTypeDesc shape = call.typeSymbol();
        for (int i = shape.parameterCount() - 1; i >= 0; i--) {
            pop(builder, shape.parameterType(i));
        }
        if (call.opcode() != Opcode.INVOKESTATIC) {
            builder.pop();
        }
        pushDefault(builder, shape.returnType());
    }

    private static void pop(CodeBuilder builder, ClassDesc type) {
        if (TypeKind.from(type).slotSize() == 2) {
            builder.pop2();
        } else {
            builder.pop();
        }
    }

    private static void returnDefault(CodeBuilder builder, ClassDesc type) {
        pushDefault(builder, type);
        builder.return_(TypeKind.from(type).asLoadable());
    }

    private static void pushDefault(CodeBuilder builder, ClassDesc type) {
        switch (TypeKind.from(type)) {
            case VOID -> {}
            case LONG -> builder.lconst_0();
            case DOUBLE -> builder.dconst_0();
            case FLOAT -> builder.fconst_0();
            case REFERENCE -> builder.aconst_null();
            case BOOLEAN, BYTE, CHAR, SHORT, INT -> builder.iconst_0();
        }
    }
}
