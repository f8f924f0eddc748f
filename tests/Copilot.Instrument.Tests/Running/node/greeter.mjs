// Answers one request that it sends itself, and ends. Nothing here knows of tracing.
import http from 'node:http';

const server = http.createServer((request, response) => response.end('hello'));
server.listen(0, '127.0.0.1', () => {
  http.get({ host: '127.0.0.1', port: server.address().port, path: '/hello' }, (response) => {
    response.resume();
    response.on('end', () => {
      server.close();
      server.closeAllConnections();
    });
  });
});
