@echo 虚构样例
