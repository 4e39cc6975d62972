package io.entitydb.web.problem;

import io.swagger.v3.oas.annotations.Hidden;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import lombok.RequiredArgsConstructor;

import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.RequestMapping;

import java.io.IOException;

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
        writer.write(FrameworkProblems.of(code), request, response);
    }
}
