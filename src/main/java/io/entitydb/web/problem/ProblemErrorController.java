package io.entitydb.web.problem;

import io.swagger.v3.oas.annotations.Hidden;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import lombok.RequiredArgsConstructor;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.RequestMapping;

import java.io.IOException;
import java.net.SocketTimeoutException;

/**
 * Answers what was refused outside the controllers, by a filter or by the server, with a problem
 * document whatever media type the client asks for.
 */
@Hidden
@Controller
@RequiredArgsConstructor
final class ProblemErrorController implements ErrorController {

    private final ProblemWriter writer;

    @RequestMapping("${spring.web.error.path:${error.path:/error}}")
    void error(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Object status = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
        HttpStatusCode code =
                status instanceof Integer known
                        ? HttpStatusCode.valueOf(known)
                        : HttpStatus.NOT_FOUND;
        Object cause = request.getAttribute(RequestDispatcher.ERROR_EXCEPTION);
        writer.write(
                isTimeout(cause)
                        ? Problem.of(ProblemType.BODY_TOO_SLOW, "nothing came for a while")
                        : FrameworkProblems.of(code),
                request,
                response);
    }

    /** A body that does not come looks to the server like one that breaks the rules. */
    private static boolean isTimeout(@Nullable Object cause) {
        return cause instanceof SocketTimeoutException
                || (cause instanceof IOException wrapped
                        && wrapped.getCause() instanceof SocketTimeoutException);
    }
}
