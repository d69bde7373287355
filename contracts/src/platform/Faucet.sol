// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {TestToken} from "./TestToken.sol";

/// @title Play money for newcomers on the embedded chain. Never deployed where money is real.
contract Faucet {
    event Dripped(address indexed to);

    /// @notice Thrown when anybody but the operator asks: one with many keys could take the day's ration.
    error Faucet_Unauthorized(address caller);
    /// @notice Thrown when `to` was served less than a day ago.
    error Faucet_TooSoon(address to, uint256 nextAt);
    /// @notice Thrown when today's cap is used up.
    error Faucet_DailyCapReached(uint256 cap);
    /// @notice Thrown when the coin is used up or `to` refuses it.
    error Faucet_NativeTransferFailed(address to);

    uint256 private constant PERIOD = 1 days;
    uint256 private constant NATIVE_AMOUNT = 0.1 ether;
    uint256 private constant USD_UNITS = 500;
    uint256 private constant CNY_UNITS = 3500;

    TestToken public immutable usd;
    TestToken public immutable cny;
    /// @notice How many may be served per UTC day, all together.
    uint256 public immutable dailyCap;
    /// @notice Who may give, and counts by more than addresses.
    address public immutable operator;

    mapping(address to => uint256) private _lastAt;
    mapping(uint256 day => uint256) private _served;

    constructor(TestToken usd_, TestToken cny_, uint256 dailyCap_, address operator_) payable {
        (usd, cny, dailyCap, operator) = (usd_, cny_, dailyCap_, operator_);
    }

    /// @notice Refills the native coin.
    receive() external payable {}

    /// @notice Gives `to` 500 tUSD, 3500 tCNY and 0.1 of the native coin, once in 24 hours. Only the operator gives.
    function drip(address to) external {
        require(msg.sender == operator, Faucet_Unauthorized(msg.sender));
        uint256 nextAt = _lastAt[to] + PERIOD;
        require(_lastAt[to] == 0 || block.timestamp >= nextAt, Faucet_TooSoon(to, nextAt));
        uint256 day = block.timestamp / PERIOD;
        require(_served[day] < dailyCap, Faucet_DailyCapReached(dailyCap));

        _lastAt[to] = block.timestamp;
        ++_served[day];
        emit Dripped(to);
        usd.mint(to, USD_UNITS * 10 ** usd.decimals());
        cny.mint(to, CNY_UNITS * 10 ** cny.decimals());
        (bool ok,) = to.call{value: NATIVE_AMOUNT}("");
        require(ok, Faucet_NativeTransferFailed(to));
    }
}
